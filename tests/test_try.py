import pytest
from tests.factories import *
pytestmark=pytest.mark.django_db
def test_it(reader, django_assert_max_num_queries):
    HotlineFactory(); 
    c=CampaignPageFactory(title="Đi chợ", keyword="HAGIANG"); m=MaterialPageFactory(campaign=c); e=EventPageFactory(campaign=c); a=ArticlePageFactory(); p=PlainPageFactory(lists_children=True,show_in_menus=True)
    t=translated(c,"en",title="To market")
    from django.test.utils import CaptureQueriesContext
    from django.db import connection
    for url in ["/","/vi/",c.url,m.url,e.url,a.url,p.url,t.url,"/km/","/km"+c.url[3:],"/vi/help/","/km/help/","/vi/leaving/","/exit/","/vi/nope/","/healthz","/readyz","/en/"]:
        with CaptureQueriesContext(connection) as q:
            r=reader.get(url)
        print(url,r.status_code,len(q),len(r.content), r.headers.get("Location"), r.headers.get("Vary"), r.headers.get("Cache-Control"))
        if url in (c.url,): print("\n".join(x["sql"][:150] for x in q))
    print(reader.cookies)
