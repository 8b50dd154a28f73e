import time
import pytest
from dataclasses import replace
from django.db import connection
from tests.builders import a_user
from tests.desk.many_texts import an_archive
from memorial.publishing.grid import Grid, CellState, Order
from memorial.publishing import work
from memorial.languages.columns import languages
import os
def test_m(db):
    u=a_user("e","editor"); r=a_user("r","reviewer",language="fa"); t=a_user("t","translator",language="fa")
    t0=time.time(); n=int(os.environ.get("N","4000")); an_archive(n,by=t,reviewer=r); print("made",time.time()-t0)
    if connection.vendor=="postgresql":
        with connection.cursor() as c: c.execute("ANALYZE")
    def clock(name,f):
        t0=time.time(); v=f(); print(f"{name:40} {time.time()-t0:.3f}", v if isinstance(v,int) else len(v))
    g=Grid(tuple(languages())); fa=Grid(("fa",))
    clock("tallies all",g.tallies); clock("tallies fa",fa.tallies)
    for gr,nm in ((g,"all"),(fa,"fa")):
        clock(nm+" page worst",lambda: list(gr.statements()[:50])); clock(nm+" page date",lambda: list(replace(gr,order=Order.DATE).statements()[:50]))
        clock(nm+" count",lambda: gr.statements().count())
        for s in CellState: clock(nm+" "+s,lambda: replace(gr,state=s).statements().count())
        clock(nm+" outdated",lambda: replace(gr,is_outdated_only=True).statements().count())
        clock(nm+" waits",lambda: replace(gr,waits_for=t,rules=work.rules_of_review()).statements().count())
    rules=dict.fromkeys(languages(),"reviewer")
    for nm,q in dict(sent_back=work.sent_back_to(t),drafts=work.drafts_of(t),sent=work.sent_by(t),appr=work.approved_for(t),priv=work.kept_privately(t),rev=work.to_review(r,rules),out=work.outdated(["fa"])).items():
        clock(nm, lambda: list(q[:10])); clock(nm+" count",lambda:q.count())
