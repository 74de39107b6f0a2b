"""Places, services, catchments, and the answer to "who do I contact?"."""
