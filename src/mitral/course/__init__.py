"""Time: what a leak does beat by beat, and what the heart makes of it over months and years."""
