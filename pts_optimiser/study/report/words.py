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
    "Rural is a postcode sector whose postcodes are spread more than 1.5 km: a convention, not the official one.",
)
