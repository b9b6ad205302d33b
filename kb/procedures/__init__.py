"""How something is to be done, pulled out of guidance: steps, deadlines, papers, who is responsible."""
