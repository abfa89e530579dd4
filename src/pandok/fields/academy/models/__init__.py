"""Records of the academy, one idea a file."""

from pandok.fields.academy.models.article_scans import ArticleScan, ArticleScanView
from pandok.fields.academy.models.articles import Article
from pandok.fields.academy.models.certificates import Certificate, CertificateForm, SecondLook
from pandok.fields.academy.models.courses import Course
from pandok.fields.academy.models.design_lessons import DesignAnswer, DesignLesson
from pandok.fields.academy.models.groups import CourseAssigned, Group, GroupMember
from pandok.fields.academy.models.ledger import TrainingMinutes
from pandok.fields.academy.models.open_courses import CourseAnswer, CourseCompletion
from pandok.fields.academy.models.picture_looks import PictureLook
from pandok.fields.academy.models.pictures import Picture, PictureCalibration, PictureRetirement, PictureView
from pandok.fields.academy.models.realism import RealismReview
from pandok.fields.academy.models.sittings import Shown, Sitting
from pandok.fields.academy.models.trials import TrialAnswer

__all__ = [
    "Article",
    "ArticleScan",
    "ArticleScanView",
    "Certificate",
    "CertificateForm",
    "Course",
    "CourseAnswer",
    "CourseAssigned",
    "CourseCompletion",
    "DesignAnswer",
    "DesignLesson",
    "Group",
    "GroupMember",
    "Picture",
    "PictureCalibration",
    "PictureLook",
    "PictureRetirement",
    "PictureView",
    "RealismReview",
    "SecondLook",
    "Shown",
    "Sitting",
    "TrainingMinutes",
    "TrialAnswer",
]
