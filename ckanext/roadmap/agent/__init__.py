"""roadmap-agent: reads a ministry's database and pushes it to the portal. It knows no CKAN."""
