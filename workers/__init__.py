"""Later: RQ jobs that ring a lane, and the lanes that call the desk's verbs."""
