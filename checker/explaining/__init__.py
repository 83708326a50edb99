"""From what an administrator pastes, a code or a whole log, to the documented faults in it and whom they hit."""
