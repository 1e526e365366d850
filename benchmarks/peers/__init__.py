"""What others would do: the same work with other libraries, in an environment of their own."""
