"""Results as declared tables with marked labels: pure, no framework; pages and files are drawn from them."""
