"""What is known: records, quantities, arithmetic and rules. Pure; standard library only."""
