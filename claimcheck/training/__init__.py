"""The recipe of the shipped models: one file a stage, run in the order of ``stages.STAGES``."""
