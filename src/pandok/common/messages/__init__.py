"""What leaves the house: deliveries of mail, webhooks and their events."""
