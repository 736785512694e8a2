"""Many readers at once, each with a visit of their own: how long they wait, and whether every number is right."""
