"""The budgets of size and form that the code keeps: `python -m tools.budgets`."""
