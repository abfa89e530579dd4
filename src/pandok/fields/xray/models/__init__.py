"""Records of X-ray, one idea a file."""

from pandok.fields.xray.models.embeddings import ViewEmbedding
from pandok.fields.xray.models.inspections import Inspection, InspectionEvent
from pandok.fields.xray.models.looks import ScanLook
from pandok.fields.xray.models.readings import HelpReading, ImageReading, Opening, ScanAhead, ShownScan
from pandok.fields.xray.models.retention import ScanDeletion, ScanDeletionItem, ScanHold
from pandok.fields.xray.models.scans import Scan, ScanFile, ScanView
from pandok.fields.xray.models.structure import EmptyContainer, StructureFigure

__all__ = [
    "EmptyContainer",
    "HelpReading",
    "ImageReading",
    "Inspection",
    "InspectionEvent",
    "Opening",
    "Scan",
    "ScanAhead",
    "ScanDeletion",
    "ScanDeletionItem",
    "ScanFile",
    "ScanHold",
    "ScanLook",
    "ScanView",
    "ShownScan",
    "StructureFigure",
    "ViewEmbedding",
]
