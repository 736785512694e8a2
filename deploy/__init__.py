"""More readers than one process carries: several processes behind a proxy that keeps each reader at one of them."""
