"""The pages of the directory, by what they show."""
