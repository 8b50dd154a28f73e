"""The views of the usual site: generic ones."""

from django.views.generic import DetailView, ListView

from .models import Event, Issuer, Occasion, Place, Statement


class StatementListView(ListView):
    """Statements, the newest first, twenty on a page, with filters."""

    model = Statement
    paginate_by = 20
    filters = {"issuer": "issuer__slug", "occasion": "occasion__slug", "event": "events__slug", "year": "issued__year"}

    def get_queryset(self):
        queryset = super().get_queryset()
        for name, lookup in self.filters.items():
            if value := self.request.GET.get(name):
                queryset = queryset.filter(**{lookup: value})
        return queryset

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["issuers"] = Issuer.objects.all()
        context["occasions"] = Occasion.objects.all()
        context["events"] = Event.objects.all()
        context["years"] = Statement.objects.dates("issued", "year", order="DESC")
        return context


class HomeView(StatementListView):
    """The newest statements."""

    paginate_by = 10


class StatementDetailView(DetailView):
    """One statement."""

    model = Statement


class IssuerListView(ListView):
    """All issuers."""

    model = Issuer
    template_name = "archive/label_list.html"


class OccasionListView(ListView):
    """All occasions."""

    model = Occasion
    template_name = "archive/label_list.html"


class LabelDetailView(DetailView):
    """A label and the statements under it."""

    template_name = "archive/label_detail.html"


class IssuerDetailView(LabelDetailView):
    """One issuer."""

    model = Issuer


class OccasionDetailView(LabelDetailView):
    """One occasion."""

    model = Occasion


class EventDetailView(LabelDetailView):
    """One event."""

    model = Event


class PlaceDetailView(LabelDetailView):
    """One place."""

    model = Place
