"""The invented team: who holds interviews, and who is told when one is late. A file as it is imported."""

from typing import Final

DIRECTORY: Final = """\
id,name,email,phone,roles,teams,languages,gender,training,employer,working,capacity
ania,Ania Kowalska,ania@trent-advocacy.example,07700 900201,interviewer,Missing,english; polish,female,return_interview; exploitation,Trent Youth Advocacy,Mon-Fri 09:00-18:00,40
jide,Jide Achebe,jide@trent-advocacy.example,07700 900202,interviewer,Missing,english; igbo,male,return_interview,Trent Youth Advocacy,Mon-Thu 10:00-19:00; Sat 10:00-14:00,40
rukhsana,Rukhsana Hussain,rukhsana@safe-return.example,07700 900203,interviewer,Missing,english; urdu; punjabi,female,return_interview; trauma_informed,Safe Return Midlands,Mon-Fri 08:30-17:30,40
ewan,Ewan Baxter,ewan@safe-return.example,07700 900204,interviewer,Missing,english; british sign language,male,return_interview,Safe Return Midlands,Tue-Sat 10:00-18:00,40
noor,Noor Haddad,noor@safe-return.example,07700 900205,interviewer,Missing,english; arabic; kurdish,female,return_interview,Safe Return Midlands,Mon-Fri 09:00-17:00,40
lucy,Lucy Marsh,lucy.marsh@nottingham.example,07700 900206,interviewer,Edge of Care,english,female,return_interview,,Mon-Fri 09:00-17:00,25
tom,Tom O'Neill,tom.oneill@nottingham.example,07700 900207,interviewer,Youth Justice,english,male,return_interview,,Mon-Fri 09:00-17:00,25
mary,Mary Okoro,mary.okoro@nottingham.example,07700 900208,team_manager,Missing,english,female,,,Mon-Fri 08:00-18:00,
grace,Grace Bell,grace.bell@nottingham.example,07700 900209,team_manager,Edge of Care,english; welsh,female,,,Mon-Fri 08:00-18:00,
sara,Sara Lindqvist,sara.lindqvist@nottingham.example,07700 900210,service_manager,,english,female,,,Mon-Fri 08:00-18:00,
priya,Priya Desai,priya.desai@nottingham.example,07700 900211,head_of_service,,english; gujarati,female,,,Mon-Fri 08:00-18:00,
edward,Edward Whitlock,edward.whitlock@nottingham.example,07700 900212,director; senior_manager,,english,male,,,Mon-Fri 08:00-18:00,
"""  # noqa: E501 - one person a line
MANAGERS: Final = ("mary", "grace")
"""Who allocates, authorises and approves."""
CHIEF: Final = "mary"
VISITOR: Final = "ania"
"""As whom somebody who looks round holds interviews: the team gives her some, and leaves them to her."""
NAMES: Final = {
    row.split(",")[0]: row.split(",")[1] for row in DIRECTORY.splitlines()[1:]
}  # fmt: skip
