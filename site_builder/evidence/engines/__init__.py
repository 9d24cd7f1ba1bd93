"""Engines that answer queries, one a module with a constant ``ENGINE``."""
