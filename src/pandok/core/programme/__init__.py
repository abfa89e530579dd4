"""What a programme agrees on, as values: KPIs and their sheet, what locks it, amendments, conflicts of interest."""
