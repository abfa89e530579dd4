"""The readers that Pandok is measured against, one file each, all with the interface of `peer.Peer`."""
