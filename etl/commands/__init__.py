"""Commands of the ETL, one module and one typer app each; `civicspace.py` puts them under one name."""
