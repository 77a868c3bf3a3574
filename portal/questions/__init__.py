"""Typed questions: sets of them that a feature asks, the form in which they are answered, and the answers.

A feature that asks has a set, a pages of its own to build it, and keeps for whoever answers the number of their answers.
It says who may; here nobody is known who asks.
"""
