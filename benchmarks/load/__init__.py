"""Speed of the load engine against raw COPY and against xloader, in one run: `python -m benchmarks.load`."""
