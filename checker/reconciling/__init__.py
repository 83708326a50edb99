"""What a report predicted, against what Move-CsUser really said of each user."""
