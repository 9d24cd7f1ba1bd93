"""The cache: what an earlier run found out, remembered by content, and recomputed wherever there is a doubt."""
