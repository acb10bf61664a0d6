"""What a study cannot tell, said at the end of every report."""

LIMITS = (
    "Days made by the generator are calibrated to public figures; much is assumption. They are nobody's journeys.",
    "A plan is what was promised the evening before. Cancellations, aborted journeys and lateness of the day are not in"
    " these figures; the command simulate plays them.",
    "Intervals are over days of one region and one generated population. They say how much days differ, not how far"
    " the model is from a real service.",
    "The search is heuristic and its budget small. Two scenarios of equal budget are compared; a difference of the"
    " order of the search's own spread is none.",
    "Utilisation depends on which seats are counted: wheelchair positions count as two seats, stretchers as one, and"
    " seats of vehicles that stand still are in the picture by hour but not in U1.",
    "Cost and CO₂e are the policy's rates times hours and kilometres; what distancing costs besides driving (masks,"
    " screens, cleaning materials) is not in them.",
    "Duties are chosen for an estimate of the work in each half hour, from the journeys alone and without distancing;"
    " what they serve is what the plans of this study show. Rosters of people, leave and sickness are not in it.",
    "Charge along a plan is worked out from kilometres, month and persons aboard; hills and old batteries are not"
    " in it, and there is a charger at base for every electric vehicle.",
    "Rural is a postcode sector whose postcodes are spread more than 1.5 km: a convention, not the official one.",
)
