"""The outside world. Empty until the first connector (GOV.UK Notify, SMTP, Teams) joins."""
