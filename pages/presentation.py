from dashboard.ui import blocks, presentation, shell

view = shell.current()
presentation.heading(view)
report = presentation.report_on(view)
chosen = presentation.choice(view, report)
if chosen:
    presentation.on_stage(view, chosen)
    presentation.files(view, report, chosen)
else:
    blocks.nothing(view)
