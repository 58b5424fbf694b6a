waymark.search("x","d3lv4234",10,[
["All types of checks on one page. Text.","Words","","More text.\nWhich one? Which of these? A coach mostly gives the answer. How many months? What does the R stand for? Put them in order. Match each role. It is signed by the mentor and the ___, and runs for ___. How ready are you? One question about the roles."]
]);
