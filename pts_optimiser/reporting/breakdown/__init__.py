"""A day's figures by contract, hour and vehicle type, as sums that readers add up over groups and days."""
