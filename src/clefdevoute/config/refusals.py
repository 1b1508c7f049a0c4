"""What a page answers when the records refuse: the refusal's own French sentence, never a crash."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from clefdevoute.records.foundation.errors import AccessDenied, RecordError
from clefdevoute.ui.errors import error_page


class RefusalMiddleware:
    """The net under every view: a refusal it did not show itself becomes a page with the sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 403 to a refused person and 409 to a refused write."""
        if isinstance(exception, AccessDenied):
            return error_page(request, 403, what=str(exception))
        if isinstance(exception, RecordError):
            return error_page(
                request,
                409,
                title="Refusé",
                what=str(exception),
                why="Rien n’a été changé.",
                todo="Revenez à la page précédente.",
            )
        return None
