"""What crosses a boundary: notifications, events, policy. Imports nothing of ours."""
