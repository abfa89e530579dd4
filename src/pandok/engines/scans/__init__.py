"""X-ray files that strangers sent, decoded in a process of its own with bounds on memory and time.

What ends that process (a decoder that crashes, a file that eats memory) is an error with a reason here, and the next
file gets a new one.
"""
