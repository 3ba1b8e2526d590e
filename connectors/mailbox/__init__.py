"""Mail on its way in, by a mailbox or by SMTP: it is acknowledged only once it is durable."""
