"""Track a plan of administrative reform (cải cách hành chính) over plain YAML files."""

__version__ = "0.1.0"
