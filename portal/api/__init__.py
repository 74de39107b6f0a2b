"""What every REST face shares: sign-in, problem details, paging, throttles, preconditions."""
