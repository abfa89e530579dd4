"""Generated X-ray scenes: parcels, bags and containers of closed solids, seen by a machine. Recipe and seed are enough
to make each file again to the last bit. They test and demonstrate; they are no evidence about real goods.
"""
