"""Records of the desk, one idea a file."""

from pandok.desk.models.accounts import Account, SignInFailure
from pandok.desk.models.signals import ReadingRecord, Signal, SignalPhotograph

__all__ = ["Account", "ReadingRecord", "SignInFailure", "Signal", "SignalPhotograph"]
