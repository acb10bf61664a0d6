"""What each figure means, in a sentence: printed at the end of the report."""

DEFINITIONS = (
    (
        "Served",
        "Journeys on exactly one duty. A journey is one patient in one direction; escorts are not journeys. "
        "Unserved journeys are counted under their first reason.",
    ),
    (
        "Standards",
        "Arrival: set down no earlier than the early target and no later than the late target around the appointment. "
        "Collection: picked up within the target after ready. Time aboard: from boarding completed to arrival. Where "
        "the direct drive alone exceeds the target aboard, the journey is counted apart, as unavoidable; unserved "
        "journeys are excluded.",
    ),
    (
        "Seat utilisation U1",
        "Seat-minutes taken by patients and escorts ÷ seat-minutes offered, while somebody is aboard. A wheelchair "
        "position counts as two seats, offered or taken; a stretcher as one.",
    ),
    ("U1p", "As U1, with patients only."),
    ("U2", "As U1, over all drives in service, empty ones too."),
    ("U3", "As U1, by kilometres instead of minutes."),
    ("U4", "Mean over the runs of the fullest moment's share of seats."),
    ("U5", "Patients boarded ÷ runs; a run is from empty to empty."),
    ("U6", "Seats taken by all who boarded ÷ seats offered, one offer a run; above 1 where seats are used in turn."),
    (
        "Permitted seats",
        "The seats taken plus one for each further party that the distancing cap still lets aboard (person, where "
        "households count singly), never more than the layout holds. Without distancing, all seats.",
    ),
    (
        "Journeys per vehicle-hour",
        "Served journeys ÷ hours in service: from leaving base to being back, without the break.",
    ),
    ("Empty running", "Kilometres (or minutes) driven with nobody aboard ÷ all."),
    ("Detour ratio", "Time aboard ÷ the direct drive at the same time of day."),
    (
        "Cost per journey",
        "Paid crew hours, vehicle hours in service and kilometres at the policy's rates ÷ served journeys. Paid hours "
        "are the whole shift of a duty that is used, for each member of the crew, without the break.",
    ),
    ("CO₂e", "Kilometres × the factor of the vehicle type in the policy."),
    ("Breaks kept", "Breaks begun inside their window with nobody aboard ÷ breaks due."),
)
