"""Service days, and their journeys, duties and policy as last uploaded."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from pts_optimiser.store.models.base import Base


class PolicyRow(Base):
    """A policy as resolved, the text of ``policy.toml``, by its SHA-256."""

    __tablename__ = "policies"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    toml: Mapped[str]
    created_at: Mapped[datetime]


class ServiceDayRow(Base):
    """``last_version`` and ``last_event`` count the day's rosters and events; whoever counts on holds the row."""

    __tablename__ = "service_days"

    service_date: Mapped[date] = mapped_column(primary_key=True)
    revision: Mapped[int]
    policy_sha256: Mapped[str] = mapped_column(ForeignKey("policies.sha256"))
    inputs: Mapped[dict[str, Any]]
    last_version: Mapped[int]
    last_event: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class JourneyRow(Base):
    """``position`` is the place in the file: the order in which journeys are planned decides between equal plans."""

    __tablename__ = "journeys"
    __table_args__ = (Index(None, "service_date", "contract"),)

    service_date: Mapped[date] = mapped_column(
        ForeignKey("service_days.service_date", ondelete="CASCADE"), primary_key=True
    )
    journey_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    attendance_id: Mapped[str]
    patient_ref: Mapped[str]
    contract: Mapped[str]
    category: Mapped[str]
    direction: Mapped[str]
    pickup_place: Mapped[str]
    pickup_lat: Mapped[float]
    pickup_lon: Mapped[float]
    pickup_kind: Mapped[str]
    pickup_postcode: Mapped[str]
    dropoff_place: Mapped[str]
    dropoff_lat: Mapped[float]
    dropoff_lon: Mapped[float]
    dropoff_kind: Mapped[str]
    dropoff_postcode: Mapped[str]
    appointment_at: Mapped[datetime | None]
    ready_at: Mapped[datetime | None]
    mobility: Mapped[str]
    escorts: Mapped[int]
    travel_alone: Mapped[bool]
    cohort: Mapped[str]
    skills: Mapped[list[str]]
    booked_at: Mapped[datetime | None]


class DutyRow(Base):
    __tablename__ = "duties"

    service_date: Mapped[date] = mapped_column(
        ForeignKey("service_days.service_date", ondelete="CASCADE"), primary_key=True
    )
    duty_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    vehicle_id: Mapped[str]
    vehicle_type: Mapped[str]
    base: Mapped[str]
    base_lat: Mapped[float]
    base_lon: Mapped[float]
    start_at: Mapped[datetime]
    end_at: Mapped[datetime]
    crew: Mapped[int]
    skills: Mapped[list[str]]
    contracts: Mapped[list[str]]
    break_s: Mapped[int | None]
    break_earliest: Mapped[datetime | None]
    break_latest: Mapped[datetime | None]
    energy: Mapped[str]
    range_km: Mapped[float | None]
