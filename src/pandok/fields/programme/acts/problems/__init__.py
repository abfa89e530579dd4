"""Problems of the field: proposed, examined, taken up, merged, answered; others have them too."""
