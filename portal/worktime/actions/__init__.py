"""What is done with somebody's working time, one event each."""
