"""How every answer of the API looks, also a refusal: JSON, an ETag, one shape for what went wrong."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag
from django.views import defaults
from django.views.decorators.csrf import csrf_exempt

from positions.api import limit, tokens
from positions.exports.documents import json_text

type Data = dict[str, Any]
type Endpoint[**P] = Callable[Concatenate[HttpRequest, P], Data]


class Problem(Exception):
    """The request cannot be answered; `problems` name parameters that are wrong, each with its remedy."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        *,
        problems: list[str] | None = None,
        headers: dict | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.problems, self.headers = status, problems or [], headers or {}

    def response(self) -> HttpResponse:
        body = {
            "type": "about:blank",
            "title": self.status.phrase,
            "status": self.status.value,
            "detail": str(self),
            "problems": self.problems,
        }
        kind = "application/problem+json"
        return HttpResponse(json_text(body), kind, self.status.value, headers=self.headers)


def endpoint[**P](view: Endpoint[P]) -> Callable[..., HttpResponse]:
    """Answer with what the view returns, as JSON, to those who may read and have not asked too often."""

    # Nothing is changed by any request, so a foreign form has nothing to forge.
    @csrf_exempt
    @login_not_required
    @wraps(view)
    def wrapper(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            _admit(request)
            response = _answer(request, view(request, *args, **kwargs))
        except Problem as problem:
            response = problem.response()
        except Http404 as error:
            response = Problem(HTTPStatus.NOT_FOUND, str(error)).response()
        patch_vary_headers(response, ["Authorization", "Cookie"])
        return response

    return wrapper


def server_error(request: HttpRequest) -> HttpResponse:
    """What a fault of ours looks like: to programs like every refusal, to people as a page."""
    if request.path.startswith(reverse("positions:api-index")):
        said = "Something went wrong here, and was recorded. Try again; if it stays, tell who runs this site."
        return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, said).response()
    return defaults.server_error(request)


def _admit(request: HttpRequest) -> None:
    if request.method not in ("GET", "HEAD"):
        allowed = {"Allow": "GET, HEAD"}
        raise Problem(HTTPStatus.METHOD_NOT_ALLOWED, "The API only reads: use GET.", headers=allowed)
    user = tokens.owner(request.headers.get("Authorization", "")) or request.user
    if not user.is_authenticated:
        raise Problem(
            HTTPStatus.UNAUTHORIZED,
            "Sign in, or send the header “Authorization: Bearer” with a token from the page /api/.",
            headers={"WWW-Authenticate": "Bearer"},
        )
    if wait := limit.spend(user):
        raise Problem(
            HTTPStatus.TOO_MANY_REQUESTS,
            f"That was more than {limit.allowed()} requests in a minute. Go on in {wait} seconds.",
            headers={"Retry-After": str(wait)},
        )


def _answer(request: HttpRequest, data: Data) -> HttpResponse:
    """The data, or 304 to those who have it: the tag is made from what is said, so it changes when that does."""
    response = HttpResponse(json_text(data), "application/json")
    response["Cache-Control"] = "private, no-cache"
    set_response_etag(response)
    return get_conditional_response(request, etag=response["ETag"], response=response)
