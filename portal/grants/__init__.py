"""Micro-grants: who may give them, their programmes, and the calls for applications."""
