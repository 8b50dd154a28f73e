"""Arrangements: ways to serve the same archive, each on a port and with a folder of its own, started and stopped.

All of them answer on loopback only. What one costs is read from the system's own counts of its processes.
"""
