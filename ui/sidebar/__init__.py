"""The sidebar: one module a control or a group of them."""
